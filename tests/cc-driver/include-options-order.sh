# run: cd %t && mkdir q i s a && for d in q i s a; do echo "#define WHO $d" >$d/h.h; done && printf '#include "h.h"\nWHO\n' >t.c && printf '#include <h.h>\nWHO\n' >u.c
# run: cd %t && for f in t.c u.c; do %idem cc -E -P -idirafter a -isystem s -I i -iquote q $f | tr -d '\n'; %idem cc -E -P -idirafter a -isystem s -Ii $f | tr -d '\n'; %idem cc -E -P -idirafter a -isystem s $f | tr -d '\n'; %idem cc -E -P -idirafter a $f | tr -d '\n'; echo; done
# run: cd %t && echo WHO >v.c && %idem cc -E -P -I i -include h.h v.c
# out: qisa
# out: iisa
# out: i
