# run: for l in -O0 -O1 -Os; do printf '#ifdef __OPTIMIZE__\nyes\n#else\nno\n#endif\n' | %idem cc $l -E -P -x c - | tr -d '\n'; echo; done
# out: no
# out: yes
# out: yes
