/* run: %idem cc -E -P -std=c89 %s */
/* out: L"a" v "b" */
#define L l
#define u v
L"a" u"b"
