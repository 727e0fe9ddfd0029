"""The supervising side's pages: one duty and its moves, queues, bundles and letters, rules, successions, the board."""
