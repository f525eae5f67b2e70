// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "config/optionnames.h"

#include "config/optiontable.h"

#include <QtCore/QStringList>

#include <algorithm>
#include <vector>

namespace qproxysql {

namespace {

constexpr QLatin1String QmysqlNames(
        "CLIENT_COMPRESS CLIENT_FOUND_ROWS CLIENT_IGNORE_SPACE CLIENT_INTERACTIVE "
        "CLIENT_NO_SCHEMA CLIENT_ODBC CLIENT_SSL UNIX_SOCKET SSL_KEY SSL_CERT "
        "SSL_CA SSL_CAPATH SSL_CIPHER MYSQL_OPT_CONNECT_TIMEOUT "
        "MYSQL_OPT_READ_TIMEOUT MYSQL_OPT_WRITE_TIMEOUT MYSQL_OPT_LOCAL_INFILE "
        "MYSQL_OPT_PROTOCOL MYSQL_OPT_SSL_KEY MYSQL_OPT_SSL_CERT MYSQL_OPT_SSL_CA "
        "MYSQL_OPT_SSL_CAPATH MYSQL_OPT_SSL_CIPHER MYSQL_OPT_SSL_CRL "
        "MYSQL_OPT_SSL_CRLPATH MYSQL_OPT_SSL_MODE MYSQL_OPT_TLS_VERSION "
        "MYSQL_OPT_SSL_VERIFY_SERVER_CERT MYSQL_SHARED_MEMORY_BASE_NAME");

/// Counts insertions, deletions, substitutions and swaps of neighbours.
int editDistance(QStringView a, QStringView b)
{
    const auto width = size_t(b.size()) + 1;
    std::vector<int> previous(width), current(width), next(width);
    for (size_t j = 0; j < width; ++j)
        current[j] = int(j);
    for (qsizetype i = 1; i <= a.size(); ++i) {
        next[0] = int(i);
        for (qsizetype j = 1; j <= b.size(); ++j) {
            const auto at = size_t(j);
            const int substitution = current[at - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            next[at] = std::min({substitution, current[at] + 1, next[at - 1] + 1});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                next[at] = std::min(next[at], previous[at - 2] + 1);
        }
        std::swap(previous, current);
        std::swap(current, next);
    }
    return current.back();
}

} // namespace

bool isInnerOption(QStringView name)
{
    return name.startsWith(QLatin1String("CLIENT_"), Qt::CaseInsensitive)
           || name.startsWith(QLatin1String("MYSQL_"), Qt::CaseInsensitive)
           || name.startsWith(QLatin1String("SSL_"), Qt::CaseInsensitive)
           || name.compare(QLatin1String("UNIX_SOCKET"), Qt::CaseInsensitive) == 0;
}

QString closestOption(QStringView name)
{
    const auto plain = [](QString text) {
        return text.toUpper().remove(u'_').remove(u'-').remove(u' ');
    };
    const QString wanted = plain(name.toString().left(64));
    QString closest;
    int closestDistance = 3;
    const auto consider = [&](const QString &candidate) {
        const QString text = plain(candidate);
        const int distance = editDistance(wanted, text);
        if (distance < closestDistance && distance * 3 <= int(text.size())) {
            closest = candidate;
            closestDistance = distance;
        }
    };
    for (const OptionInfo &info : optionTable())
        consider(QLatin1String(info.name));
    for (const QString &inner : QString(QmysqlNames).split(u' '))
        consider(inner);
    return closest;
}

QString optionNames()
{
    QStringList names;
    for (const OptionInfo &info : optionTable())
        names.append(QLatin1String(info.name));
    return names.join(QLatin1String(", "));
}

} // namespace qproxysql
