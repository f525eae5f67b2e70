// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtWidgets/QLabel>

namespace qproxysql {

/// The coloured strip above the pools that says where one is: "PRODUCTION   READ-ONLY   orders". Hidden
/// while there is nothing to warn of.
class BannerStrip : public QLabel
{
    Q_OBJECT

public:
    explicit BannerStrip(QWidget *parent = nullptr);

    /// \a banner: what the operator has set up; \a pool: whose page is shown.
    void show(const QString &banner, bool isReadOnly, const QString &pool);

protected:
    void changeEvent(QEvent *event) override;

private:
    void colour();

    bool m_isBanner = false;
    bool m_isColouring = false;
};

} // namespace qproxysql
