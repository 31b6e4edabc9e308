"""What stands in ``deploy``, started for real."""
