// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "health/readinessquery.h"

#include <QtSql/QSqlError>

#include <optional>

QT_BEGIN_NAMESPACE
class QSqlDriver;
class QSqlQuery;
QT_END_NAMESPACE

namespace qproxysql {

/// The one request that follows a login: session tracking, readiness and identity, CHECK_SQL,
/// INIT_SQL, in this order and in one string, so that they cost one round trip. Marker statements tell
/// whose result sets the later ones are. Where several statements in one string are refused, one request each. The first
/// session on a server release asks for more than it needs, later ones for what the first has found.
class OpeningRequest
{
public:
    enum class Part { Facts, Check, Init };

    struct Answer
    {
        ReadinessQuery::Values values;
        std::optional<bool> check; ///< empty without CHECK_SQL; no row counts as false
        QString trackingSql;       ///< what has switched session tracking on; empty: it is not
        QSqlError error;           ///< valid: what failed, in \c failedPart
        Part failedPart = Part::Facts;
    };

    /// \a greetedVersion may be empty: nothing is learnt then.
    OpeningRequest(const QString &checkSql, const QString &initSql, const QString &greetedVersion);

    /// Blocks until the server has answered; on a server that freezes now, for ever.
    Answer send(const QSqlDriver &driver) const;

private:
    struct Reading;
    bool sendSelection(Reading &reading) const;
    bool sendAll(Reading &reading, const QString &trackingSql) const;
    void sendAlone(Reading &reading) const;
    QString combined(QStringList statements) const;
    Answer finished(Answer answer) const;

    const QString m_checkSql;
    const QString m_initSql;
    const QString m_greetedVersion;
};

} // namespace qproxysql
