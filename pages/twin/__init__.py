"""The static twin (静的な写し): the whole public side as plain files, for any web server, with the portal stopped."""
