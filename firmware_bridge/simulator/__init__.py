"""A pad that really works: for tests, demonstrations and pad makers."""
