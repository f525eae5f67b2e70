# SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
# SPDX-License-Identifier: MIT
#
# Debian packages by CPack, a package for each install component: scripts/package builds them in a folder
# of each Debian release, whose Qt they then need.

set(QPROXYSQL_PACKAGE_CONTACT "The QPROXYSQL authors <qproxysql@example.org>" CACHE STRING
    "Maintainer of the packages: a name and an address that is read")

set(qproxysql_driver_package libqt6sql6-proxysql)
set(qproxysql_tools_package qproxysql-tools)
set(qproxysql_doc_package qproxysql-doc)

# In this order of versions; sid has no number.
cmake_host_system_information(RESULT qproxysql_release QUERY DISTRIB_VERSION_ID)
if(qproxysql_release)
    set(CPACK_DEBIAN_PACKAGE_RELEASE "1~deb${qproxysql_release}")
else()
    set(CPACK_DEBIAN_PACKAGE_RELEASE "1~sid")
endif()

# The plugin was compiled against private headers of QtSql. Debian's packages say so by depending on this
# virtual package, which those of Qt provide.
execute_process(COMMAND dpkg-query --show "--showformat=\${Provides}\n" "libqt6core6*"
                OUTPUT_VARIABLE qproxysql_provides)
if(NOT qproxysql_provides MATCHES "qt6-base-(private-)?abi \\(= [^)]*\\)")
    message(FATAL_ERROR "No installed package provides qt6-base-abi or qt6-base-private-abi; "
                        "packages are built with Debian's Qt only")
endif()
set(qproxysql_qt_abi "${CMAKE_MATCH_0}")

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME qproxysql)
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "") # each has its own, the first line of its description
set(CPACK_PACKAGE_CONTACT "${QPROXYSQL_PACKAGE_CONTACT}")
set(CPACK_PACKAGING_INSTALL_PREFIX "${CMAKE_INSTALL_PREFIX}")
set(CPACK_SET_DESTDIR ON) # Qt's plugin folder is an absolute one
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
    OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_COMPONENTS_ALL driver tools doc)
set(CPACK_COMPONENTS_GROUPING IGNORE)
set(CPACK_PRE_BUILD_SCRIPTS "${CMAKE_CURRENT_LIST_DIR}/compress.cmake")
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)

set(CPACK_DEBIAN_DRIVER_PACKAGE_NAME ${qproxysql_driver_package})
set(CPACK_DEBIAN_DRIVER_PACKAGE_SECTION libs)
set(CPACK_DEBIAN_DRIVER_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_DRIVER_PACKAGE_DEPENDS "libqt6sql6-mysql, ${qproxysql_qt_abi}")
set(CPACK_DEBIAN_DRIVER_PACKAGE_SUGGESTS "${qproxysql_tools_package}, ${qproxysql_doc_package}")
set(CPACK_COMPONENT_DRIVER_DESCRIPTION "Qt 6 SQL driver over several MySQL or MariaDB servers
A driver plugin for QtSql, QPROXYSQL. It wraps connections of the driver QMYSQL
to several equivalent MySQL or MariaDB servers, such as the nodes of a Galera
cluster, or proxies before them. It uses a healthy server, notices when one
fails, uses another one, and leaves a server that an operator drains.
.
Programs that name the driver QMYSQL themselves can be run with it by
qproxysql-run.")

set(CPACK_DEBIAN_TOOLS_PACKAGE_NAME ${qproxysql_tools_package})
set(CPACK_DEBIAN_TOOLS_PACKAGE_SECTION database)
set(CPACK_DEBIAN_TOOLS_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_TOOLS_PACKAGE_DEPENDS "adduser, libqt6sql6-mysql")
set(CPACK_DEBIAN_TOOLS_PACKAGE_RECOMMENDS ${qproxysql_driver_package})
set(CPACK_DEBIAN_TOOLS_PACKAGE_SUGGESTS ${qproxysql_doc_package})
set(CPACK_DEBIAN_TOOLS_PACKAGE_CONTROL_EXTRA "${CMAKE_CURRENT_LIST_DIR}/tools/postinst"
    "${CMAKE_CURRENT_LIST_DIR}/tools/postrm")
set(CPACK_COMPONENT_TOOLS_DESCRIPTION "show and steer which database servers QPROXYSQL applications use
The programs qproxysql-ctl, for a terminal and for scripts, and
qproxysql-monitor, a window. Both show which server is used by which
application that has the Qt SQL driver QPROXYSQL, drain a server before
maintenance, say when it is safe to stop, and bring it back.
.
Members of the group qproxysql may drain servers for the whole machine.")

set(CPACK_DEBIAN_DOC_PACKAGE_NAME ${qproxysql_doc_package})
set(CPACK_DEBIAN_DOC_PACKAGE_SECTION doc)
set(CPACK_DEBIAN_DOC_PACKAGE_ARCHITECTURE all)
set(CPACK_DEBIAN_DOC_PACKAGE_SHLIBDEPS OFF)
set(CPACK_COMPONENT_DOC_DESCRIPTION "documentation of the Qt SQL driver QPROXYSQL
Options, errors, what keeps a connection on its server and how to avoid it, the
drain directory, and what was measured with which server and proxy: what log
lines and error texts of the driver refer to. With a commented example of
/etc/xdg/qproxysql.ini.")

# What each Debian package has. SOURCE_DATE_EPOCH sets the date.
string(TIMESTAMP qproxysql_date "%a, %d %b %Y %H:%M:%S +0000" UTC)
configure_file("${CMAKE_CURRENT_LIST_DIR}/changelog.in" "${CMAKE_CURRENT_BINARY_DIR}/changelog.Debian" @ONLY)
foreach(component IN LISTS CPACK_COMPONENTS_ALL)
    install(FILES "${CMAKE_CURRENT_LIST_DIR}/copyright" "${CMAKE_CURRENT_BINARY_DIR}/changelog.Debian"
            DESTINATION "share/doc/${qproxysql_${component}_package}" COMPONENT ${component})
endforeach()
# The machine's drain folder (docs/drain.md). Only here, since the packages' scripts make its group.
install(FILES "${CMAKE_CURRENT_LIST_DIR}/tools/qproxysql.conf" DESTINATION lib/tmpfiles.d COMPONENT tools)

include(CPack)
