// run: %idem cc -ffreestanding -nostdlib %s %S/input/start.S -o %t/a
// run: %t/a
// exit: 42
// Structs may be copied and cleared by calls of memcpy and memset, which come from idem's own runtime.
struct big { char b[3000]; };
static struct big g;
static int use(struct big *p) { struct big x = *p, y = { { 1, 2 } }; *p = y; return x.b[2999] + p->b[1] + 40; }
int start_c(void) { return use(&g); }
