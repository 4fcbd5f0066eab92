// run: %idem cc -E -P -include %S/input/defines.h -include %S/input/plain.h %s
// out: plain
// out: main 3
main FROM_HEADER
