"""The portal's own use (利用状況): how much is posted by whom, whom to turn to, and who takes part in courses."""
