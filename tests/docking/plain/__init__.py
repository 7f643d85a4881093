"""The model of docs/odd.md written a second time, from that document and docs/odd-submodels.md alone.

Plain objects with ordinary attributes in a plain Mesa model, one file a mechanism; nothing of orgsim is imported. The
names of attributes are those of the document's columns, so that the two implementations can be laid side by side.
What the document keeps for worlds made from a bureau's register (its columns `extra_…` and `given_funder`, which are
nought otherwise) is left out.
"""
