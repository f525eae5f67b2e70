// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "health/readinessquery.h"
#include "inner/innerconnection.h"

#include <QtSql/QSqlError>

#include <optional>

QT_BEGIN_NAMESPACE
class QSqlQuery;
QT_END_NAMESPACE

namespace qproxysql {

/// The one request that follows a login: session tracking, readiness and identity, CHECK_SQL,
/// INIT_SQL, in this order and in one string, so that they cost one round trip. Marker statements tell
/// whose result sets the later ones are. Where several statements in one string are refused, one request
/// each. INIT_SQL goes by itself to a peer that has not lately been seen to be a server, and statement
/// by statement through a proxy: ProxySQL gives a SET or USE that it meets later in a text to whichever
/// sessions use that connection to the server next. The first
/// session on a server release asks for more than it needs, later ones for what the first has found.
/// Whether a MySQL server is a member of its group comes last, since many accounts may not ask that.
class OpeningRequest
{
public:
    enum class Part { Facts, Check, Init, Group };
    enum class Form { Together, OneByOne };

    struct Answer
    {
        ReadinessQuery::Values values;
        std::optional<bool> check; ///< empty without CHECK_SQL; no row counts as false
        bool isThroughProxy = false;
        QString trackingSql; ///< what has switched session tracking on; empty: it is not
        QSqlError error;     ///< valid: what failed, in \c failedPart, which is not Part::Group
        Part failedPart = Part::Facts;
    };

    OpeningRequest(const QString &checkSql, const QString &initSql,
                   const InnerConnection &connection);

    /// Blocks until the server has answered; on a server that freezes now, for ever. Form::Together
    /// asks one by one as well where the peer is known to want that.
    Answer send(Form form) const;

private:
    struct Reading;
    bool sendSelection(Reading &reading) const;
    bool sendAll(Reading &reading, const QString &trackingSql) const;
    void sendAlone(Reading &reading) const;
    void noteHiddenGroup(Reading &reading) const;
    bool mayTrack() const;
    bool asksForGroup() const;
    void noteForm(Form form) const;
    void sendInit(Reading &reading) const;
    QString combined(QStringList statements) const;
    Answer finished(Reading reading) const;

    const InnerConnection &m_connection;
    const QString m_checkSql;
    const QString m_initSql;
    const QString m_greetedVersion;
    const QString m_account; ///< and its peer
};

} // namespace qproxysql
