"""Measurements that anybody can repeat; see `python -m benchmarks -h`."""
