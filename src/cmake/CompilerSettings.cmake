# SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
# SPDX-License-Identifier: MIT
#
# Warnings, Qt strictness and sanitizers, as one interface target that every target of ours links.

add_library(qproxysql_settings INTERFACE)
target_compile_definitions(qproxysql_settings INTERFACE
    QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_FOREACH QT_NO_KEYWORDS
    QT_DISABLE_DEPRECATED_BEFORE=0x060400)
if(Qt6_VERSION VERSION_GREATER_EQUAL 6.5)
    # What Qt deprecated later has no replacement in 6.4.
    target_compile_definitions(qproxysql_settings INTERFACE QT_WARN_DEPRECATED_UP_TO=0x060400)
endif()
if(CMAKE_CXX_COMPILER_ID MATCHES "GNU|Clang")
    target_compile_options(qproxysql_settings INTERFACE -Wall -Wextra -Wpedantic -Wshadow
                           -Wnon-virtual-dtor -Woverloaded-virtual)
    if(CMAKE_UNITY_BUILD AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
        # GCC takes what the file of a unity build includes for a header.
        target_compile_options(qproxysql_settings INTERFACE -Wno-subobject-linkage)
    endif()
    # A statement waits for the server between two runs through this code, which finds it out of the
    # processor's caches: how many cache lines it is spread over costs more than how many steps it
    # takes (docs/measurements.md). -O3 and the stubs of lazy binding cost 1 % of a statement's time.
    target_compile_options(qproxysql_settings INTERFACE $<$<CONFIG:Release>:-O2>)
    include(CheckCXXCompilerFlag)
    check_cxx_compiler_flag("-Werror -fno-plt" QPROXYSQL_HAS_NO_PLT)
    if(QPROXYSQL_HAS_NO_PLT)
        target_compile_options(qproxysql_settings INTERFACE $<$<CONFIG:Release>:-fno-plt>)
    endif()
    if(QPROXYSQL_WARNINGS_AS_ERRORS)
        target_compile_options(qproxysql_settings INTERFACE -Werror)
    endif()
endif()
foreach(sanitizer IN LISTS QPROXYSQL_SANITIZE)
    target_compile_options(qproxysql_settings INTERFACE -fsanitize=${sanitizer}
                           -fno-omit-frame-pointer)
    target_link_options(qproxysql_settings INTERFACE -fsanitize=${sanitizer})
    if(sanitizer STREQUAL "undefined")
        target_compile_options(qproxysql_settings INTERFACE -fno-sanitize-recover=undefined)
    endif()
endforeach()
