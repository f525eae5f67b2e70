// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "connect/errorclassification.h"

#include <optional>

using namespace Qt::StringLiterals;

namespace qproxysql {
namespace {

/// A reported error. says() compares without case.
struct Report
{
    const int code;
    const QStringView text;
    const ServerFlavour flavour;

    template<int... codes>
    bool is() const
    {
        return ((code == codes) || ...);
    }
    /// The same for numbers that mean something else on the other server.
    template<int... codes>
    bool isMySqls() const
    {
        return flavour != ServerFlavour::MariaDb && is<codes...>();
    }
    template<int... codes>
    bool isMariaDbs() const
    {
        return flavour != ServerFlavour::MySql && is<codes...>();
    }
    template<typename... Words>
    bool says(Words... words) const
    {
        return (text.contains(words, Qt::CaseInsensitive) || ...);
    }
};

/// True for TLS errors that the operator has to fix. A server that dies also breaks TLS
/// connections.
bool saysCertificate(const Report &error)
{
    return error.says("certificate"_L1, "self-signed"_L1, "self signed"_L1, "issuer"_L1,
                      "fingerprint"_L1, "hostname"_L1, "host name"_L1, "SSL is required"_L1,
                      "TLS is required"_L1,
                      // our own files: missing, unreadable, not PEM
                      "no such file"_L1, "permission denied"_L1, "no start line"_L1);
}

ErrorClass classifyConnect(const Report &error)
{
    if (error.is<2002, 2003, 2006, 2012, 2013, 2027, 2055, 1053, 1077, 1079, 1080, 1152, 1158, 1159,
                 1160, 1161, 1184>())
        return ErrorClass::Down;
    if (error.is<2005>())
        return ErrorClass::NameResolution;
    if ((error.is<1047>() && error.says("wsrep"_L1)) || error.isMySqls<3168, 3100>()
        || error.is<3032, 1815, 1105>()
        || (error.code >= 9001 && error.code <= 9020 && error.code != 9003)) // ProxySQL: no server
        return ErrorClass::NotReady;
    if (error.is<1040, 1203, 1226, 1041, 1037, 1135>())
        return ErrorClass::Overload;
    if (error.is<1129>())
        return ErrorClass::Blocked;
    if (error.is<1045>())
        return ErrorClass::Login;
    if (error.is<1044, 1049, 1130, 1251, 1524, 1698, 1820, 1862, 1873, 3118, 3159, 2007, 2047, 2049,
                 2054, 2059, 2060, 2061>()
        || error.isMySqls<3955>() || error.isMariaDbs<4151>())
        return ErrorClass::Configuration;
    if (error.is<2026>())
        return saysCertificate(error) ? ErrorClass::TlsCertificate : ErrorClass::Down;
    if (error.is<2000, 2001, 2004, 2008, 2014, 2020>())
        return ErrorClass::Local;
    // 1042, 1043 and all unlisted errors (a damaged grant table, a full disk, ...): another peer
    // may work.
    return ErrorClass::Soft;
}

// MaxScale ends a session with the number of a KILL. A statement that it could not route was not
// sent to any server.
std::optional<ErrorClass> givenUpByMaxScale(const Report &error)
{
    if (!error.is<1927>() || !error.says("killed by MaxScale"_L1)
        || error.says("Killed by another connection"_L1))
        return std::nullopt;
    return error.says("could not route query"_L1) ? ErrorClass::NotSent : ErrorClass::AnswerLost;
}

ErrorClass classifyStatement(const Report &error)
{
    const bool isMySql = error.flavour == ServerFlavour::MySql;
    if (const auto givenUp = givenUpByMaxScale(error))
        return *givenUp;
    if (error.is<2006>())
        return ErrorClass::NotSent;
    // 1180: wsrep-lib's text at a commit when the node does not know whether its write set was
    // delivered.
    if (error.is<2013, 2055, 2027, 2026>()
        || (error.is<1180>() && error.says("provider status: Not connected"_L1)))
        return ErrorClass::AnswerLost;
    if (error.is<1053, 1077, 1079, 1080>())
        return ErrorClass::ShuttingDown;
    // 3100: when an "after_" hook fails the transaction is already committed.
    if ((error.is<1047>() && error.says("wsrep"_L1)) || error.isMySqls<3796>()
        || (error.isMySqls<3100>() && !error.says("after_"_L1)))
        return ErrorClass::RefusedNotReady;
    // MariaDB uses 4031 for another error. Check the text if the flavour is unknown.
    if (error.isMySqls<4031>() && (isMySql || error.says("inactivity"_L1)))
        return ErrorClass::IdleTimeout;
    if (error.isMariaDbs<1927>() || error.isMySqls<3169>())
        return ErrorClass::Killed;
    if (error.is<9001, 9002>())
        return ErrorClass::BackendLost;
    if (error.is<9006>())
        return ErrorClass::SessionTied;
    if (error.is<1836, 1874, 1881>()
        || (error.is<1290>() && error.says("read-only"_L1, "read_only"_L1, "read only"_L1)))
        return ErrorClass::ReadOnly;
    // Group Replication reports the latter two at COMMIT.
    if (error.is<1213>()
        || (isMySql && (error.is<3101>() || (error.is<1180>() && error.says("error 149 "_L1)))))
        return ErrorClass::Conflict;
    if (error.is<1021, 1114>()
        || (error.is<1030>()
            && error.says("error 28 "_L1, "errno: 28 "_L1, "no space left on device"_L1)))
        return ErrorClass::DiskFull;
    return ErrorClass::StatementsOwn;
}

} // namespace

ErrorClass classifyError(Stage stage, int code, QStringView text, ServerFlavour flavour)
{
    if (code == 0)
        return ErrorClass::None;
    const Report error{code, text, flavour};
    return stage == Stage::Connect ? classifyConnect(error) : classifyStatement(error);
}

bool isRefusedByReadOnlyServer(int code, QStringView text, ReadOnlyParts parts)
{
    // 1005 comes from CREATE TABLE and contains the storage engine's error number.
    return (parts.transactions && code == 1792)
           || (parts.tables && (code == 1036 || (code == 1005 && text.contains("errno: 165 "_L1))));
}

bool endsSession(ErrorClass errorClass)
{
    using enum ErrorClass;
    return errorClass == NotSent || errorClass == AnswerLost || errorClass == ShuttingDown
           || errorClass == IdleTimeout || errorClass == Killed;
}

bool provesNotExecuted(ErrorClass errorClass)
{
    using enum ErrorClass;
    // Not ShuttingDown: a statement that runs when the shutdown begins also gets 1053.
    return errorClass == NotSent || errorClass == RefusedNotReady || errorClass == IdleTimeout
           || errorClass == BackendLost || errorClass == SessionTied || errorClass == ReadOnly;
}

} // namespace qproxysql
