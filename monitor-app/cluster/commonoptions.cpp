// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "cluster/commonoptions.h"

#include <QtCore/QCoreApplication>

namespace qproxysql {

namespace {

constexpr CommandOption Common[] = {
        {"pool", "NAME", nullptr, QT_TRANSLATE_NOOP("QProxySqlCtl", "Only this pool.")},
        {"pool-file", "FILE", nullptr,
         QT_TRANSLATE_NOOP("QProxySqlCtl",
                           "Pools, beside those that applications report. Default: the "
                           "applications' own default pool file.")},
        {"control-schema", "NAME", nullptr,
         QT_TRANSLATE_NOOP(
                 "QProxySqlCtl",
                 "Schema of the drain tables (CONTROL=fleet): drain requests are read there, too, "
                 "and written there instead of on this machine. Default for init: "
                 "qproxysql.")},
        {"user", "NAME", nullptr,
         QT_TRANSLATE_NOOP("QProxySqlCtl", "Account for probes of our own; best with PROCESS.")},
        {"password-command", "CMD", nullptr,
         QT_TRANSLATE_NOOP("QProxySqlCtl",
                           "Prints the password. Else the environment's QPROXYSQL_PASSWORD, else "
                           "the option file's.")},
        {"defaults-file", "FILE", nullptr,
         QT_TRANSLATE_NOOP("QProxySqlCtl",
                           "Option file (my.cnf) with user, password, ssl-ca, ssl-cert and "
                           "ssl-key.")},
        {"ssl-ca", "FILE", nullptr,
         QT_TRANSLATE_NOOP("QProxySqlCtl",
                           "Certificate (PEM) of the CA that signed the servers' ones: the "
                           "account is used over TLS only.")},
        {"ssl-cert", "FILE", nullptr,
         QT_TRANSLATE_NOOP("QProxySqlCtl",
                           "Client certificate (PEM), for an account that requires one.")},
        {"ssl-key", "FILE", nullptr, QT_TRANSLATE_NOOP("QProxySqlCtl", "Its key (PEM).")},
        {"trust-reports", nullptr, nullptr,
         QT_TRANSLATE_NOOP("QProxySqlCtl",
                           "Show the account also to peers that no pool file names, but only "
                           "applications of other users.")},
        {"read-only", nullptr, nullptr,
         QT_TRANSLATE_NOOP("QProxySqlCtl", "Refuse to change anything.")},
};

} // namespace

std::span<const CommandOption> commonOptions()
{
    return Common;
}

} // namespace qproxysql
