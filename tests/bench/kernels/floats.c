/* Kernel: floating point. Five bodies under gravity, and the spectral norm of an infinite matrix. */
#include <stdio.h>
#include <stdlib.h>
double sqrt(double);
typedef struct Body { double x, y, z, vx, vy, vz, mass; } Body;
static Body bodies[5] = {
    { 0, 0, 0, 0, 0, 0, 39.47841760435743 },
    { 4.84143144246472090, -1.16032004402742839, -0.103622044471123109, 0.606326392995832, 2.81198684491626, -0.02521836165988763, 0.03769367487038949 },
    { 8.34336671824457987, 4.12479856412430479, -0.403523417114321381, -1.0107743461787924, 1.8256623712304119, 0.008415761376584154, 0.011286326131968767 },
    { 12.8943695621391310, -15.1111514016986312, -0.223307578892655734, 1.0827910064415354, 0.8687130181696082, -0.010832637401363636, 0.0017237240570597112 },
    { 15.3796971148509165, -25.9193146099879641, 0.179258772950371181, 0.979090732243898, 0.5946989986476762, -0.034755955504078104, 0.0020336868699246304 } };
static void advance(Body *b, int n, double dt)
{
    for (int i = 0; i < n; i++)
        for (int j = i + 1; j < n; j++) {
            double dx = b[i].x - b[j].x, dy = b[i].y - b[j].y, dz = b[i].z - b[j].z;
            double d2 = dx * dx + dy * dy + dz * dz, mag = dt / (d2 * sqrt(d2));
            b[i].vx -= dx * b[j].mass * mag;
            b[i].vy -= dy * b[j].mass * mag;
            b[i].vz -= dz * b[j].mass * mag;
            b[j].vx += dx * b[i].mass * mag;
            b[j].vy += dy * b[i].mass * mag;
            b[j].vz += dz * b[i].mass * mag;
        }
    for (int i = 0; i < n; i++) {
        b[i].x += dt * b[i].vx;
        b[i].y += dt * b[i].vy;
        b[i].z += dt * b[i].vz;
    }
}
static double a(int i, int j) { return 1.0 / ((i + j) * (i + j + 1) / 2 + i + 1); }
static void times(const double *v, double *out, int n, int transposed)
{
    for (int i = 0; i < n; i++) {
        double s = 0;
        for (int j = 0; j < n; j++)
            s += (transposed ? a(j, i) : a(i, j)) * v[j];
        out[i] = s;
    }
}
int main(int argc, char **argv)
{
    int scale = (argc > 1 ? atoi(argv[1]) : 100) * 2, n = 500;
    static double u[500], v[500], t[500];
    double uv = 0, vv = 0;
    for (int i = 0; i < scale * 15000; i++)
        advance(bodies, 5, 0.01);
    for (int i = 0; i < n; i++)
        u[i] = 1;
    for (int k = 0; k < scale / 4; k++) {
        times(u, t, n, 0); times(t, v, n, 1);
        times(v, t, n, 0); times(t, u, n, 1);
    }
    for (int i = 0; i < n; i++) { uv += u[i] * v[i]; vv += v[i] * v[i]; }
    printf("%.9f %.9f\n", bodies[0].x, sqrt(uv / vv));
    return 0;
}
