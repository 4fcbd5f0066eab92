// run: SOURCE_DATE_EPOCH= %idem cc -E -P %s
// out: "Jan  1 1970" "00:00:00" "Thu Jan  1 00:00:00 1970"
__DATE__ __TIME__ __TIMESTAMP__
