// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtWidgets/QLabel>

namespace qproxysql {

/// The coloured strip above the pools that shows the environment: "PRODUCTION   READ-ONLY
/// orders". Hidden when it would be empty.
class BannerStrip : public QLabel
{
    Q_OBJECT

public:
    explicit BannerStrip(QWidget *parent = nullptr);

    /// \a banner: the text that the operator has configured; \a pool: of the current page.
    void show(const QString &banner, bool isReadOnly, const QString &pool);

protected:
    void changeEvent(QEvent *event) override;

private:
    void colour();

    bool m_isBanner = false;
    bool m_isColouring = false;
};

} // namespace qproxysql
