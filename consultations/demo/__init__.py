"""The demonstration: pages, places, people, two consultations, simulated answers. It says what it is."""
