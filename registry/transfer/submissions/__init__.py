"""Exports of questionnaires: answers of KoboToolbox and ODK, with their repeats, read into a list."""
