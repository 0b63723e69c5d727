"""An invented country's diaspora for demonstrations: people, families, associations, a messy workbook."""
