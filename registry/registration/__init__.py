"""The life of a registration: its dated states, renewal and lapse, moves, return, death."""
