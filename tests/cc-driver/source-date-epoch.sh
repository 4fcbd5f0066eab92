# run: echo '__DATE__ __TIME__' >%t/a.c && env -u SOURCE_DATE_EPOCH %idem cc -E -P %t/a.c && SOURCE_DATE_EPOCH=1000000000 %idem cc -E -P %t/a.c
# run: SOURCE_DATE_EPOCH=soon %idem cc -E -P %t/a.c
# exit: 1
# out: "Jan  1 1970" "00:00:00"
# out: "Sep  9 2001" "01:46:40"
# err~: SOURCE_DATE_EPOCH
