"""What scripts/bench_search and scripts/bench_twins are made of: material, an office full of it, the engines compared, the cases."""
