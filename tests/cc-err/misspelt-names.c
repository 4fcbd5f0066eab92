// exit: 1
typedef unsigned int uint32;
struct point { int width, height; struct { int depth; }; };
int counter, colour_count;
int compute(int);
uint23 a;
int f(struct point *p, int amount)
{
    return conter + color_count + amuont + p->widht + p->dpeth + p->x + comptue(1) + completely_else;
}
struct point q = { .heigth = 1 };
