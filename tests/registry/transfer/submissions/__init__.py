"""Tests of exports of questionnaires."""
