/* A product's wizard as the tests know it: puts the template it carries among the templates of the PC.
 *
 * The template stands at the end of the program's own file, and after it eight bytes with its length and
 * sixteen that tell the place. -DEXIT_CODE=n ends with that status and puts nothing. */
#include <stdio.h>
#include <string.h>
#include <windows.h>

#ifndef EXIT_CODE
#define EXIT_CODE 0
#endif

static const char MARK[] = "smarts-test-data";

/* Where the mark stands nearest to the end; -1: nowhere. A signature may follow it. */
static long find_mark(const char *bytes, long size) {
    long at;
    for (at = size - 16; at >= 8; at--)
        if (memcmp(bytes + at, MARK, 16) == 0)
            return at;
    return -1;
}

int WINAPI WinMain(HINSTANCE self, HINSTANCE before, LPSTR line, int show) {
    static const WCHAR target[] = L"C:\\ProgramData\\Cleverence\\Common\\Templates\\wizard.mstmpl";
    WCHAR path[1024];
    FILE *file;
    char *bytes;
    long size, at;
    unsigned long long length;

    if (EXIT_CODE != 0)
        return EXIT_CODE;
    GetModuleFileNameW(NULL, path, 1024);
    file = _wfopen(path, L"rb");
    if (!file)
        return 10;
    fseek(file, 0, SEEK_END);
    size = ftell(file);
    rewind(file);
    bytes = malloc(size);
    if (!bytes || fread(bytes, 1, size, file) != (size_t)size)
        return 11;
    fclose(file);
    at = find_mark(bytes, size);
    if (at < 0)
        return 12;
    memcpy(&length, bytes + at - 8, 8);
    if (length > (unsigned long long)at - 8)
        return 13;
    CreateDirectoryW(L"C:\\ProgramData\\Cleverence\\Common\\Templates", NULL);
    file = _wfopen(target, L"wb");
    if (!file || fwrite(bytes + at - 8 - length, 1, length, file) != length)
        return 14;
    fclose(file);
    return 0;
}
