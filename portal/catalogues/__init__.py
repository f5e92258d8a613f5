"""Interface texts: found in code and templates, kept in ``locale/``, compiled without GNU gettext."""
