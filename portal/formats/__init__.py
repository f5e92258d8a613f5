"""How staff screens write dates where Django has another country's way, or none that suits the language."""
