"""Several records of one person or association made one, and taken apart again."""
