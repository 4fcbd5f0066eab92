// exit: 1
void f(int a) { break; continue; switch (a) { case 1: continue; } { break; } }
