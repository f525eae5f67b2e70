// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "connect/errorclassification.h"

#include <algorithm>
#include <initializer_list>
#include <optional>

using namespace Qt::StringLiterals;

namespace qproxysql {
namespace {

bool isMySqlOnly(ServerFlavour flavour)
{
    return flavour != ServerFlavour::MariaDb;
}

bool isMariaDbOnly(ServerFlavour flavour)
{
    return flavour != ServerFlavour::MySql;
}

bool containsAny(QStringView text, std::initializer_list<QLatin1String> words)
{
    return std::ranges::any_of(words, [text](QLatin1String word) {
        return text.contains(word, Qt::CaseInsensitive);
    });
}

bool saysWsrep(QStringView text)
{
    return containsAny(text, {"wsrep"_L1});
}

/// True for TLS errors that the operator has to fix. A server that dies also breaks TLS
/// connections.
bool saysCertificate(QStringView text)
{
    return containsAny(text, {"certificate"_L1, "self-signed"_L1, "self signed"_L1, "issuer"_L1,
                              "fingerprint"_L1, "hostname"_L1, "host name"_L1, "SSL is required"_L1,
                              "TLS is required"_L1,
                              // our own files: missing, unreadable, not PEM
                              "no such file"_L1, "permission denied"_L1, "no start line"_L1});
}

bool saysReadOnly(QStringView text)
{
    return containsAny(text, {"read-only"_L1, "read_only"_L1, "read only"_L1});
}

bool saysDiskFull(QStringView text)
{
    return containsAny(text, {"error 28 "_L1, "errno: 28 "_L1, "no space left on device"_L1});
}

/// wsrep-lib's text at a commit when the node does not know whether its write set was delivered.
bool saysProviderStatus(QStringView text)
{
    return containsAny(text, {"provider status: Not connected"_L1});
}

// When an "after_" hook fails the transaction is already committed.
bool saysBeforeCommit(QStringView text)
{
    return !containsAny(text, {"after_"_L1});
}

bool saysDeadlock(QStringView text)
{
    return containsAny(text, {"error 149 "_L1});
}

template<int... codes>
constexpr bool is(int code)
{
    return ((code == codes) || ...);
}

ErrorClass classifyConnect(int code, QStringView text, ServerFlavour flavour)
{
    if (is<2002, 2003, 2006, 2012, 2013, 2027, 2055>(code)
        || is<1053, 1077, 1079, 1080, 1152, 1158, 1159, 1160, 1161, 1184>(code))
        return ErrorClass::Down;
    if (code == 2005)
        return ErrorClass::NameResolution;
    if ((code == 1047 && saysWsrep(text)) || (code == 3168 && isMySqlOnly(flavour))
        || (code == 3100 && isMySqlOnly(flavour)) || is<3032, 1815, 1105>(code)
        || (code >= 9001 && code <= 9020 && code != 9003)) // ProxySQL has no server behind it
        return ErrorClass::NotReady;
    if (is<1040, 1203, 1226, 1041, 1037, 1135>(code))
        return ErrorClass::Overload;
    if (code == 1129)
        return ErrorClass::Blocked;
    if (code == 1045)
        return ErrorClass::Login;
    if (is<1044, 1049, 1130, 1251, 1524, 1698, 1820, 1862, 1873, 3118, 3159>(code)
        || is<2007, 2047, 2049, 2054, 2059, 2060, 2061>(code)
        || (code == 3955 && isMySqlOnly(flavour)) || (code == 4151 && isMariaDbOnly(flavour)))
        return ErrorClass::Configuration;
    if (code == 2026)
        return saysCertificate(text) ? ErrorClass::TlsCertificate : ErrorClass::Down;
    if (is<2000, 2001, 2004, 2008, 2014, 2020>(code))
        return ErrorClass::Local;
    // 1042, 1043 and all unlisted errors (a damaged grant table, a full disk, ...): another peer
    // may work.
    return ErrorClass::Soft;
}

bool isIdleTimeout(int code, QStringView text, ServerFlavour flavour)
{
    // MariaDB uses this number for another error. Check the text if the flavour is unknown.
    return code == 4031
           && (flavour == ServerFlavour::MySql
               || (flavour == ServerFlavour::Unknown && containsAny(text, {"inactivity"_L1})));
}

// MaxScale ends a session with the number of a KILL. A statement that it could not route was not
// sent to any server.
std::optional<ErrorClass> givenUpByMaxScale(int code, QStringView text)
{
    if (code != 1927 || !containsAny(text, {"killed by MaxScale"_L1})
        || containsAny(text, {"Killed by another connection"_L1}))
        return std::nullopt;
    return containsAny(text, {"could not route query"_L1}) ? ErrorClass::NotSent
                                                           : ErrorClass::AnswerLost;
}

ErrorClass classifyStatement(int code, QStringView text, ServerFlavour flavour)
{
    if (const auto givenUp = givenUpByMaxScale(code, text))
        return *givenUp;
    if (code == 2006)
        return ErrorClass::NotSent;
    if (is<2013, 2055, 2027, 2026>(code) || (code == 1180 && saysProviderStatus(text)))
        return ErrorClass::AnswerLost;
    if (is<1053, 1077, 1079, 1080>(code))
        return ErrorClass::ShuttingDown;
    if ((code == 1047 && saysWsrep(text))
        || (code == 3100 && isMySqlOnly(flavour) && saysBeforeCommit(text))
        || (code == 3796 && isMySqlOnly(flavour)))
        return ErrorClass::RefusedNotReady;
    if (isIdleTimeout(code, text, flavour))
        return ErrorClass::IdleTimeout;
    if ((code == 1927 && isMariaDbOnly(flavour)) || (code == 3169 && isMySqlOnly(flavour)))
        return ErrorClass::Killed;
    if (is<9001, 9002>(code))
        return ErrorClass::BackendLost;
    if (code == 9006)
        return ErrorClass::SessionTied;
    if ((code == 1290 && saysReadOnly(text)) || is<1836, 1874, 1881>(code))
        return ErrorClass::ReadOnly;
    // Group Replication reports the latter two at COMMIT.
    if (code == 1213
        || (flavour == ServerFlavour::MySql
            && (code == 3101 || (code == 1180 && saysDeadlock(text)))))
        return ErrorClass::Conflict;
    if (is<1021, 1114>(code) || (code == 1030 && saysDiskFull(text)))
        return ErrorClass::DiskFull;
    return ErrorClass::StatementsOwn;
}

} // namespace

ErrorClass classifyError(Stage stage, int code, QStringView text, ServerFlavour flavour)
{
    if (code == 0)
        return ErrorClass::None;
    return stage == Stage::Connect ? classifyConnect(code, text, flavour)
                                   : classifyStatement(code, text, flavour);
}

bool isRefusedByReadOnlyServer(int code, QStringView text, ReadOnlyParts parts)
{
    // 1005 comes from CREATE TABLE and contains the storage engine's error number.
    return (parts.transactions && code == 1792)
           || (parts.tables && (code == 1036 || (code == 1005 && text.contains("errno: 165 "_L1))));
}

bool endsSession(ErrorClass errorClass)
{
    switch (errorClass) {
    case ErrorClass::NotSent:
    case ErrorClass::AnswerLost:
    case ErrorClass::ShuttingDown:
    case ErrorClass::IdleTimeout:
    case ErrorClass::Killed:
        return true;
    default:
        return false;
    }
}

bool provesNotExecuted(ErrorClass errorClass)
{
    switch (errorClass) {
    case ErrorClass::NotSent:
    case ErrorClass::RefusedNotReady:
    case ErrorClass::IdleTimeout:
    case ErrorClass::BackendLost:
    case ErrorClass::SessionTied:
    case ErrorClass::ReadOnly:
        return true;
    default:
        // Not ShuttingDown: a statement that runs when the shutdown begins also gets 1053.
        return false;
    }
}

} // namespace qproxysql
