"""What became of a petition at the agencies (theo dõi): its link to the duties, its state that follows them, and what its page says of them."""
