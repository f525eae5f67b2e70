// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "connect/readinessquery.h"
#include "inner/innerconnection.h"

#include <QtSql/QSqlError>

#include <optional>

QT_BEGIN_NAMESPACE
class QSqlQuery;
QT_END_NAMESPACE

namespace qproxysql {

/// The request after a login: session tracking, readiness and identity, CHECK_SQL and INIT_SQL, in
/// this order and in one text, which costs one round trip. Marker statements separate their result
/// sets. If the peer refuses several statements in one text, each is sent separately.
///
/// INIT_SQL is sent separately to a peer that has not recently proved to be a server, and statement
/// by statement through a proxy: ProxySQL leaves the effect of a SET or USE inside a text on its
/// connection to the server, where other sessions get it. The first session on a server release
/// reads all variables, later ones only those that exist (ServerVocabulary). The group membership
/// of a MySQL server comes last, since many accounts may not read it.
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
        QString trackingSql; ///< the statement that switched on session tracking; empty if it is off
        QSqlError error;     ///< the error of \c failedPart, which is not Part::Group
        Part failedPart = Part::Facts;
    };

    OpeningRequest(const QString &checkSql, const QString &initSql,
                   const InnerConnection &connection);

    /// Blocks until the server has answered, without time-out. Form::Together is ignored if the
    /// peer is known to refuse it.
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
    const QString m_account; ///< with its peer
};

} // namespace qproxysql
