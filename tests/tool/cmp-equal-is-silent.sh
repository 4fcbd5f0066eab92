# run: %idem cmp rt/rt.h rt/rt.h && cp rt/rt.h %t/x && %idem cmp rt/rt.h %t/x
