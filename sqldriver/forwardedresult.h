// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "driverresult.h"
#include "session/innerresult.h"

namespace qproxysql {

/// The result behind a QSqlQuery when the client library is not one that ClientCalls knows: a query of
/// the inner driver does the work. Owner's thread only.
class ForwardedResult final : public DriverResult
{
public:
    explicit ForwardedResult(const ProxySqlDriver *driver);
    ~ForwardedResult() override;

    QVariant handle() const override;
    void connectionClosing() override;

protected:
    bool reset(const QString &sql) override;
    bool prepareStatement() override;
    bool execPrepared() override;
    bool nextResult() override;
    void detachFromResultSet() override;

    bool fetch(int row) override;
    bool fetchNext() override;
    bool fetchPrevious() override;
    bool fetchFirst() override;
    bool fetchLast() override;

    QVariant data(int column) override;
    bool isNull(int column) override;
    int size() override;
    int numRowsAffected() override;
    QVariant lastInsertId() const override;
    QSqlRecord record() const override;

private:
    void release() override;
    bool run(const Touch &touch, const std::function<bool(AttemptFailure *)> &attempt);
    void settleOn(const std::shared_ptr<PeerSession> &session);
    bool prepareInner(AttemptFailure *failure);
    bool executeInner(AttemptFailure *failure);
    void followInner();
    bool moved(bool isOk);

    InnerResult m_inner;
    bool m_isInnerPrepared = false;
};

} // namespace qproxysql
