# SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
# SPDX-License-Identifier: MIT
#
# Text in other languages: translations/qproxysql_LANGUAGE.ts, made by lupdate from the sources (target
# update-translations) and compiled by lrelease. Without lrelease the window speaks plain English.

set(qproxysql_languages en de fr)

get_target_property(qproxysql_qmake Qt6::qmake IMPORTED_LOCATION)
get_filename_component(qproxysql_qt_tools "${qproxysql_qmake}" DIRECTORY)
set(qproxysql_tool_hints "${qproxysql_qt_tools}" "${QT6_INSTALL_PREFIX}/${QT6_INSTALL_BINS}"
    /usr/lib/qt6/bin)
find_program(QPROXYSQL_LRELEASE NAMES lrelease6 lrelease-qt6 lrelease HINTS ${qproxysql_tool_hints})
find_program(QPROXYSQL_LUPDATE NAMES lupdate6 lupdate-qt6 lupdate HINTS ${qproxysql_tool_hints})

set(qproxysql_ts_folder "${PROJECT_SOURCE_DIR}/translations")
set(qproxysql_ts_files)
foreach(language IN LISTS qproxysql_languages)
    list(APPEND qproxysql_ts_files "${qproxysql_ts_folder}/qproxysql_${language}.ts")
endforeach()

# What the window shows: what applications and qproxysql-ctl say to a terminal stays English.
set(qproxysql_ts_sources "${PROJECT_SOURCE_DIR}/src/drain" "${PROJECT_SOURCE_DIR}/src/report")
foreach(room verdict rolling history cluster models window)
    list(APPEND qproxysql_ts_sources "${PROJECT_SOURCE_DIR}/monitor-app/${room}")
endforeach()

set(QPROXYSQL_TS_SOURCES "${qproxysql_ts_sources}" CACHE INTERNAL "for the test of the texts")
if(QPROXYSQL_LUPDATE)
    set(lupdate "${QPROXYSQL_LUPDATE}" -no-obsolete -locations none
        -I "${PROJECT_SOURCE_DIR}/monitor-app" -I "${PROJECT_SOURCE_DIR}/src" ${qproxysql_ts_sources})
    set(translated ${qproxysql_ts_files})
    list(FILTER translated EXCLUDE REGEX "_en.ts$")
    add_custom_target(update-translations
        COMMAND ${lupdate} -ts ${translated}
        # English needs its plurals alone.
        COMMAND ${lupdate} -pluralonly -ts "${qproxysql_ts_folder}/qproxysql_en.ts"
        VERBATIM)
endif()

# Puts them into \a target as resources, :/qproxysql/translations/qproxysql_de.qm, and has them installed.
function(qproxysql_embed_translations target)
    if(NOT QPROXYSQL_LRELEASE)
        message(STATUS "lrelease was not found (qt6-l10n-tools): qproxysql-monitor speaks English only")
        return()
    endif()
    set(folder "${CMAKE_CURRENT_BINARY_DIR}/translations")
    file(MAKE_DIRECTORY "${folder}")
    set(compiled)
    foreach(ts IN LISTS qproxysql_ts_files)
        get_filename_component(name "${ts}" NAME_WE)
        add_custom_command(OUTPUT "${folder}/${name}.qm"
            COMMAND "${QPROXYSQL_LRELEASE}" -silent "${ts}" -qm "${folder}/${name}.qm"
            DEPENDS "${ts}" VERBATIM)
        list(APPEND compiled "${folder}/${name}.qm")
    endforeach()
    qt_add_resources(${target} "${target}_translations" PREFIX "/qproxysql/translations"
                     BASE "${folder}" FILES ${compiled})
    install(FILES ${compiled} DESTINATION "${CMAKE_INSTALL_DATADIR}/qproxysql/translations"
            COMPONENT tools)
endfunction()
