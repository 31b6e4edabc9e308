"""What people open: screens, routes and the parts they are made of."""
