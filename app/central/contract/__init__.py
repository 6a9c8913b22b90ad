"""What desk and central share: wire types, routes, problem codes, canonical encoding."""
