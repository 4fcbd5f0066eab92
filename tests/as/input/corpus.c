#include <math.h>
#include <complex.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <setjmp.h>
#include <string.h>
#include <emmintrin.h>
#include <smmintrin.h>
#include <wmmintrin.h>
_Thread_local int t1=5; static _Thread_local long t2; extern _Thread_local char t3[];
int *pt(void){return &t1;} long g2(void){return t2++ + t3[3];}
long double ld(long double a,long double b,int n){ long double r=a*b-a/b+n; if(a<b) r=-r; return sqrtl(r)+fabsl(a)+(float)b+(double)a+rintl(a)+ldexpl(a,n)+floorl(b);}
long double _Complex lc(long double _Complex a,double _Complex b){return a*b+a/b;}
unsigned long long cvt(long double a){return (unsigned long long)a + (short)a + (int)a + (signed char)a;}
double u2d(unsigned long u){return u;} float u2f(unsigned long u){return u;} long double u2l(unsigned long u){return u;}
int va(int n,...){va_list ap;va_start(ap,n);int s=0;for(int i=0;i<n;i++)s+=va_arg(ap,int)+va_arg(ap,double);va_end(ap);return s;}
_Atomic int ai; _Atomic long al; _Atomic char ac;_Atomic short as;
int at(int x){atomic_fetch_add(&ai,x);atomic_fetch_or(&al,x);atomic_exchange(&ac,x);int e=3;atomic_compare_exchange_strong(&ai,&e,4);as++;atomic_thread_fence(5);return ai--;}
__int128 i128(__int128 a,__int128 b){return a*b+(a<<13)-(b>>70)+(a/b);}
jmp_buf jb; int sj(void){return setjmp(jb);}
int sw(int x){switch(x){case 1:return 5;case 2:return 8;case 3:return 100;case 4:return 7;case 5:return 9;case 9:return 22;case 10: return va(1,2);default:return -1;}}
__m128i v1(__m128i a,__m128i b){return _mm_add_epi8(_mm_shuffle_epi32(a,0x1b),_mm_unpacklo_epi8(_mm_cmpeq_epi16(a,b),_mm_slli_epi32(b,3)));}
__m128d v2(__m128d a,__m128d b){return _mm_shuffle_pd(_mm_cmplt_pd(a,b),_mm_sqrt_pd(a),1);}
__attribute__((target("sse4.1"))) __m128i v3(__m128i a,__m128i b){return _mm_blendv_epi8(_mm_mullo_epi32(a,b),_mm_max_epu16(a,b),_mm_cvtepu8_epi32(a));}
__attribute__((target("sse4.2,popcnt,aes,pclmul,bmi,lzcnt"))) int v4(__m128i a,unsigned long b){return _mm_extract_epi32(a,2)+__builtin_popcountl(b)+__builtin_ctzl(b)+__builtin_clzl(b)+_mm_cvtsi128_si32(_mm_aesenc_si128(a,a));}
unsigned bs(unsigned a){return __builtin_bswap32(a)+__builtin_ctz(a)+__builtin_clz(a)+(a<<7|a>>25)+__builtin_parity(a);}
void cp(char*d,char*s,struct{char b[300];}*p,struct{char b[300];}*q){memcpy(d,s,300);memset(d,0,130);*(volatile long*)d=1;__builtin_prefetch(s);}
double fm(double a,float b){return fmod(a,b)+isnan(a)+isinf(b)+signbit(a)+fmin(a,b)+copysign(a,b)+(a<b?1:2)+lrint(a)+llrintf(b);}
_Bool cmps(double a,double b,long c,unsigned char d){return (a>=b)+(a!=b)+(c<d)+(c>-1)+(!(a<b));}
int ovf(int a,int b,long *r){long x;int y;if(__builtin_mul_overflow(a,b,&y))return 1;if(__builtin_add_overflow((long)a,*r,&x))return 2;*r=x;return y;}
void *ra(void){return __builtin_return_address(0);}
void asmf(void){__asm__ volatile("cpuid\n\trdtsc; lock; incl %0":"+m"(ai)::"rax","rbx","rcx","rdx");}
static int st(int a){return a;} int (*fp)(int)=st; int callfp(int x){return fp(x)+((int(*)(int,int))fp)(x,2);}
extern int weakf(void) __attribute__((weak)); int cw(void){return weakf?weakf():0;}
static void *ifr(void){return st;} int ifn(int) __attribute__((ifunc("ifr")));int ci(int x){return ifn(x);}
int vis(int) __attribute__((visibility("hidden"))); int cv(int x){return vis(x);} 
__attribute__((constructor)) void ctor(void){ai=4;} 
