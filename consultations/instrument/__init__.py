"""The questionnaire as pure data: no Django, no database, no request."""
