#include <stdio.h>

int main(void)
{
    puts("speedup");
    return 0;
}
