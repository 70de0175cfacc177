META
key;value
budget;"12