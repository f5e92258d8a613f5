"""The demonstration: pages, places, people, two consultations and simulated answers. It says that it is one."""
