"""Labs: hosts as network namespaces, a Vireo among them, and clients that speak to it.

Used by the demo, the interop tests and the benchmarks. Everything made here is taken away by
`Lab.close`, also when a step failed; only processes started here are ended, by their pid.
"""
