"""Plan indicators (計画の指標): what a welfare plan wants to move, how far it has come, and what it would take."""
